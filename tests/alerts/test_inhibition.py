"""C17 and C18 of the alert cases: who mutes whom (Alertmanager's inhibit_test.go)."""

from alerts.inhibition import Firing, Inhibition, muted_by

DOWN = Inhibition("JobDown", "InstanceDown", ("job", "zone"))


def _instance(zone: str) -> Firing:
    return Firing("InstanceDown", {"job": "testjob", "zone": zone})


def _job(zone: str) -> Firing:
    return Firing("JobDown", {"job": "testjob", "zone": zone})


def test_equal_labels_decide() -> None:
    fires = [_instance("aa"), _instance("ab"), _job("aa")]
    assert muted_by([DOWN], fires, _instance("aa")) == "JobDown"
    assert muted_by([DOWN], fires, _instance("ab")) == ""
    assert muted_by([DOWN], fires, _job("aa")) == ""
    # A label that both lack is the same on both.
    assert muted_by([Inhibition("A", "B", ("zone",))], [Firing("A", {})], Firing("B", {})) == "A"


def test_the_cause_must_fire() -> None:
    assert muted_by([DOWN], [_instance("aa")], _instance("aa")) == ""
    assert muted_by([], [_job("aa")], _instance("aa")) == ""


def test_an_alert_never_mutes_itself_but_may_mute_another_of_its_rule() -> None:
    own = Inhibition("FX", "FX")
    turkey, chile = Firing("FX", {"country": "TR"}), Firing("FX", {"country": "CL"})
    assert muted_by([own], [turkey], turkey) == ""
    assert muted_by([own], [turkey], chile) == "FX"
