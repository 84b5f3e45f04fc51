"""The application's addresses: how each is written is worked out when it is first written."""

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that makes the function that writes its addresses when the first one is written.

    There are hundreds of rules, and Werkzeug makes two functions for each: nine tenths of what it
    takes to make the application, which every command and every worker does at its start. Should
    Werkzeug do this elsewhere one day, they are made at the start again.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002
        compiled = super()._compile_builder
        made: list[Builder] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not made:
                made.append(compiled(append_unknown))
            return made[0](rule, **values)

        return build
