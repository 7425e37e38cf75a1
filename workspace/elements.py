"""Block elements and composition objects, held to Slack's limits.

Source: Slack's Block Kit reference. Elements that load their options from the bot (`external_select`) are left out.
"""

from collections.abc import Iterator, Mapping

from workspace.checks import (
    Check,
    Spot,
    any_of,
    boolean,
    by_type,
    exactly_one,
    many,
    one_of,
    record,
    string,
    whole_number,
)
from workspace.wire import Json

ID_LENGTH = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS_OF_SELECT = 100
OPTIONS_OF_CHOICE = 10
OPTIONS_OF_OVERFLOW = 5
TYPED_TEXT = 3000
FILES_OF_INPUT = 10
URL_LENGTH = 3000
URL = r"(https?|mailto|slack):\S+"
DATE = r"\d{4}-\d{2}-\d{2}"
TIME = r"([01]\d|2[0-3]):[0-5]\d"

STYLE = one_of("primary", "danger")


def plain_text(at_most: int) -> Check:
    return by_type({"plain_text": record({"text": string(at_most)}, {"emoji": boolean})})


def any_text(at_most: int) -> Check:
    said = string(at_most)
    return by_type(
        {
            "plain_text": record({"text": said}, {"emoji": boolean}),
            "mrkdwn": record({"text": said}, {"verbatim": boolean}),
        }
    )


def option(text: Check, **more: Check) -> Check:
    return record({"text": text, "value": string(OPTION_VALUE)}, {"description": plain_text(OPTION_TEXT), **more})


CONFIRM = record(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": STYLE},
)
ACTION: Mapping[str, Check] = {"action_id": string(ID_LENGTH), "confirm": CONFIRM}
ENTRY: Mapping[str, Check] = {
    "action_id": string(ID_LENGTH),
    "placeholder": plain_text(150),
    "focus_on_load": boolean,
}
SELECT: Mapping[str, Check] = {**ENTRY, "confirm": CONFIRM}
SELECT_SEVERAL: Mapping[str, Check] = {**SELECT, "max_selected_items": whole_number(1, OPTIONS_OF_SELECT)}
PLAIN_OPTION = option(plain_text(OPTION_TEXT))
RICH_OPTION = option(any_text(OPTION_TEXT))
GROUP = record({"label": plain_text(OPTION_TEXT), "options": many(PLAIN_OPTION, 1, OPTIONS_OF_SELECT)}, {})
IDS = many(string(ID_LENGTH), 0, OPTIONS_OF_SELECT)
TYPED: Mapping[str, Check] = {
    **ENTRY,
    "initial_value": string(TYPED_TEXT, 0),
    "dispatch_action_config": record(
        {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}, {}
    ),
}


def options_of(element: Json) -> Iterator[Json]:
    """Every option of a select, of radio buttons, checkboxes or an overflow menu, in groups or not."""
    yield from element.get("options", ())
    for group in element.get("option_groups", ()):
        yield from group["options"]


def initial_is_offered(spot: Spot) -> None:
    """Slack refuses an initial option that is not, field by field, one of the options."""
    initial = spot.value.get("initial_options", [])
    chosen = [spot.value["initial_option"]] if "initial_option" in spot.value else initial
    offered = list(options_of(spot.value))
    if any(one not in offered for one in chosen):
        spot.refuse("initial option not found in options")


def lengths_agree(spot: Spot) -> None:
    least, most = spot.value.get("min_length", 0), spot.value.get("max_length", TYPED_TEXT)
    if least > most:
        spot.refuse("min_length must not exceed max_length")
    elif "initial_value" in spot.value and not least <= len(spot.value["initial_value"]) <= most:
        spot.refuse("initial_value must be within min_length and max_length")


def choice(initial: str, one: Check, at_most: int) -> Check:
    """Checkboxes or radio buttons."""
    first = many(one, 1, at_most) if initial.endswith("s") else one
    return record(
        {"options": many(one, 1, at_most)},
        {**ACTION, "focus_on_load": boolean, initial: first},
        initial_is_offered,
    )


def static_select(initial: str, base: Mapping[str, Check]) -> Check:
    several = many(PLAIN_OPTION, 1, OPTIONS_OF_SELECT)
    offered = {"options": several, "option_groups": many(GROUP, 1, OPTIONS_OF_SELECT)}
    first = several if initial.endswith("s") else PLAIN_OPTION
    return record({}, {**base, **offered, initial: first}, exactly_one("options", "option_groups"), initial_is_offered)


def select(base: Mapping[str, Check], **more: Check) -> Check:
    return record({}, {**base, **more})


CONVERSATIONS: Mapping[str, Check] = {
    "default_to_current_conversation": boolean,
    "filter": record(
        {},
        {
            "include": many(one_of("im", "mpim", "private", "public"), 1, 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
        any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
    ),
}
ONE_ID = string(ID_LENGTH)
NUMBER = string(ID_LENGTH, pattern=r"-?\d+(\.\d+)?")
PICTURE = record({"image_url": string(URL_LENGTH, pattern=URL), "alt_text": string(2000)}, {})

BUTTON = record(
    {"text": plain_text(BUTTON_TEXT)},
    {
        **ACTION,
        "url": string(URL_LENGTH, pattern=URL),
        "value": string(BUTTON_VALUE),
        "style": STYLE,
        "accessibility_label": string(75),
    },
)
OVERFLOW = record(
    {"options": many(option(plain_text(OPTION_TEXT), url=string(URL_LENGTH, pattern=URL)), 1, OPTIONS_OF_OVERFLOW)},
    ACTION,
)
CHOICES: Mapping[str, Check] = {
    "checkboxes": choice("initial_options", RICH_OPTION, OPTIONS_OF_CHOICE),
    "radio_buttons": choice("initial_option", RICH_OPTION, OPTIONS_OF_CHOICE),
    "static_select": static_select("initial_option", SELECT),
    "users_select": select(SELECT, initial_user=ONE_ID),
    "channels_select": select(SELECT, initial_channel=ONE_ID, response_url_enabled=boolean),
    "conversations_select": select(SELECT, **CONVERSATIONS, initial_conversation=ONE_ID, response_url_enabled=boolean),
    "datepicker": select(SELECT, initial_date=string(10, pattern=DATE)),
    "timepicker": select(SELECT, initial_time=string(5, pattern=TIME), timezone=string(ID_LENGTH)),
}
CHOICES_OF_SEVERAL: Mapping[str, Check] = {
    "multi_static_select": static_select("initial_options", SELECT_SEVERAL),
    "multi_users_select": select(SELECT_SEVERAL, initial_users=IDS),
    "multi_channels_select": select(SELECT_SEVERAL, initial_channels=IDS),
    "multi_conversations_select": select(SELECT_SEVERAL, **CONVERSATIONS, initial_conversations=IDS),
}
MOMENT: Mapping[str, Check] = {
    "datetimepicker": record(
        {}, {**ACTION, "focus_on_load": boolean, "initial_date_time": whole_number(10**9, 10**10 - 1)}
    )
}
ENTRIES: Mapping[str, Check] = {
    "plain_text_input": record(
        {},
        {
            **TYPED,
            "multiline": boolean,
            "min_length": whole_number(0, TYPED_TEXT),
            "max_length": whole_number(1, TYPED_TEXT),
        },
        lengths_agree,
    ),
    "number_input": record(
        {"is_decimal_allowed": boolean}, {**TYPED, "min_value": NUMBER, "max_value": NUMBER, "initial_value": NUMBER}
    ),
    "email_text_input": record({}, TYPED),
    "url_text_input": record({}, TYPED),
}
FILES: Mapping[str, Check] = {
    "file_input": record(
        {},
        {
            "action_id": string(ID_LENGTH),
            "filetypes": many(string(ID_LENGTH, pattern=r"\w+"), 1, 100),
            "max_files": whole_number(1, FILES_OF_INPUT),
        },
    )
}
"""In modals alone. An extension has no dot before it."""

IN_ACTIONS = by_type({"button": BUTTON, "overflow": OVERFLOW, **CHOICES, **MOMENT})
IN_SECTION = by_type({"button": BUTTON, "overflow": OVERFLOW, "image": PICTURE, **CHOICES, **CHOICES_OF_SEVERAL})
IN_INPUT = by_type({**ENTRIES, **CHOICES, **CHOICES_OF_SEVERAL, **MOMENT})
IN_INPUT_OF_MODAL = by_type({**ENTRIES, **CHOICES, **CHOICES_OF_SEVERAL, **MOMENT, **FILES})
