"""Templates that are read once escape what is put into them as `Markup.format` does."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from facilitator.outcomes.filled import Filled


@pytest.mark.parametrize("words", [("a", "<script>"), ('"', "'&"), (Markup("<b>"), 7), ("{}", "{0}")])
def test_a_filled_template_is_what_markup_makes_of_it(words: tuple[object, object]) -> None:
    template = '<p id="{}">{}</p>'
    assert Filled(template)(*words) == Markup(template).format(*words)


def test_a_word_too_many_or_too_few_is_refused() -> None:
    for words in ((), ("a",), ("a", "b", "c")):
        with pytest.raises(ValueError):
            Filled("<i>{}</i>{}")(*words)
