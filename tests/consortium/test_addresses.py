import pytest
from flask import Flask, url_for
from werkzeug.routing import AnyConverter, BaseConverter, Rule

from consortium.addresses import LateRule


def test_every_address_is_written_as_werkzeug_writes_it(app: Flask) -> None:
    rules = [one for one in app.url_map.iter_rules() if isinstance(one, LateRule)]
    assert len(rules) > 400

    for rule in rules:
        usual = Rule(rule.rule, endpoint=rule.endpoint, defaults=rule.defaults)
        usual.bind(app.url_map, rebind=True)
        values = {name: _something(usual._converters.get(name)) for name in rule.arguments}
        values["further"] = "ü"
        for append_unknown in (True, False):
            for _ in range(2):
                written = rule.build(values, append_unknown)
                assert written == usual.build(values, append_unknown)


def _something(converter: BaseConverter | None) -> object:
    return min(converter.items) if isinstance(converter, AnyConverter) else 1


@pytest.mark.pure
def test_nothing_is_made_before_an_address_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    usual = Rule._compile_builder
    monkeypatch.setattr(
        Rule, "_compile_builder", lambda rule, more: made.append(rule.rule) or usual(rule, more)
    )
    app = Flask(__name__)
    app.url_rule_class = LateRule
    app.add_url_rule("/<one>", "one")

    assert set(made) == {"/static/<path:filename>"}, "Flask makes this one before we can say how"
    with app.test_request_context():
        assert url_for("one", one="x") == "/x"
    assert made[-1] == "/<one>"
