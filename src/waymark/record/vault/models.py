"""The keyring's tables: keys, tombstones of shredded ones, the fingerprint, kept audit heads."""

from django.db import models


class WrappingKey(models.Model):
    """A clinic's key, wrapped by the master key; the nil clinic wraps the keys of accounts."""

    clear = ("id", "clinic", "wrapped", "master")

    clinic = models.UUIDField(unique=True)
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16)  # which master key wrapped it


class DataKey(models.Model):
    """One key for one owner and one class of data, wrapped by the clinic's key."""

    clear = ("id", "owner", "clinic", "kind", "wrapped")

    id = models.CharField(primary_key=True, max_length=16)
    owner = models.UUIDField()
    clinic = models.UUIDField()
    kind = models.CharField(max_length=20)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="one_key_an_owner_and_kind"),
        ]


class Tombstone(models.Model):
    """That an owner's keys were destroyed; a restore replays it."""

    clear = ("id", "owner", "at")

    owner = models.UUIDField()
    at = models.DateTimeField()


class KeptHead(models.Model):
    """How far a clinic's audit chain had come, kept away from the chain itself; and how far the
    walk along it is, with the broken place that it found."""

    clear = ("id", "clinic", "place", "code", "walked", "broken")

    clinic = models.UUIDField(unique=True)  # the nil clinic for lines of none
    place = models.BigIntegerField()
    code = models.CharField(max_length=64)
    walked = models.BigIntegerField(default=0)  # every place up to this one held
    broken = models.BigIntegerField(null=True)


class Print(models.Model):
    """Which home this is, and by which keys: told by names that give nothing away."""

    house = models.UUIDField()
    master = models.CharField(max_length=16)
    session = models.CharField(max_length=16)

    class Meta:
        abstract = True


class KeyringFingerprint(Print):
    """The one row by which the keyring knows its record and its keys."""

    clear = ("id", "house", "master", "session")
