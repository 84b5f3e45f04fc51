"""``python -m consortium`` is the same as the command ``consortium``."""

from consortium.cli import main

main()
