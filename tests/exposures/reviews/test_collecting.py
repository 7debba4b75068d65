"""The collector is put off and comes back, whatever happens within."""

import gc

import pytest

from exposures.reviews.collecting import put_off


@pytest.mark.parametrize("on", [True, False])
def test_it_is_afterwards_as_it_was_before(on):
    def fail() -> None:
        with put_off():
            assert not gc.isenabled()
            raise ValueError("within")

    was = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        with pytest.raises(ValueError, match="within"):
            fail()
        assert gc.isenabled() is on
    finally:
        (gc.enable if was else gc.disable)()
