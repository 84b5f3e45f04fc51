from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, get_locale

from consortium import pages


def test_templates_say_words_with_their_values_escaped(app: Flask) -> None:
    said = render_template_string(
        """{{ _("100%% of %(whom)s & <b>", whom="<i>") }}|{{ _("It's %% & so") }}|{{ _("<hr>") }}"""
    )

    assert said == "100% of &lt;i&gt; & <b>|It's % & so|<hr>"


def test_words_follow_the_language_within_one_page(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Named:
        def __init__(self) -> None:
            self.name = str(get_locale())

        def ugettext(self, text: str) -> str:
            return f"{text} ({self.name})"

    monkeypatch.setattr(pages, "get_translations", Named)

    def said() -> Any:
        return render_template_string("""{{ _("Team") }}""")

    with app.test_request_context():
        here = said()
        with force_locale("es_US"):
            assert said() == "Team (es_US)"
        assert said() == here == "Team (en_US)"
