"""A story as pages of these tests tell it."""

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "Iran and Iraq signed a pact on border trade in Basra on Monday, the foreign ministries said in a statement.",
        "The ministers also spoke of the river that forms the border, and agreed to meet again within the year.",
        "Turkey welcomed the pact and offered to build a second bridge for the lorries that wait for days on end.",
    )
)
