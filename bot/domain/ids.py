"""Identities. Numbers that people type (W1, P7) are plain `int` fields called `number`."""

from __future__ import annotations

from typing import NewType

WorkspaceId = NewType("WorkspaceId", int)
MemberId = NewType("MemberId", int)
WebinarId = NewType("WebinarId", int)
SessionId = NewType("SessionId", int)
PollId = NewType("PollId", int)
OptionId = NewType("OptionId", int)
DraftId = NewType("DraftId", int)
DeliveryId = NewType("DeliveryId", int)
MessageId = NewType("MessageId", int)
MechanismId = NewType("MechanismId", int)
RepresentativeId = NewType("RepresentativeId", int)
InvitationId = NewType("InvitationId", int)
AuditId = NewType("AuditId", int)

UserId = NewType("UserId", str)
"""Slack's id of a person, `U…` or `W…`; of a person without an account a key that Slack never gives."""

ChannelId = NewType("ChannelId", str)
"""Slack's id of a conversation: `C…`, `G…`, or `D…` for a direct message."""
