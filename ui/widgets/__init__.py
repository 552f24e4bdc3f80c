"""The parts that windows are built from. Law: plain data in, one frozen dataclass out; nothing else is known.

No part knows a server, a link, an evaluation or a rule; none opens a modal dialog, blinks or takes the focus by
itself; every control has an accessible name; sizes and colours come from `ui.theme` alone. A window imports each
part from its own module: `from ui.widgets.marking import MarkingMatrix`.

    boxes           Page, Column, Row, Scroll: places and distances that follow the type size
    text            Text by Role and Tone, ElidedText, FactList
    buttons         Button, PrimaryButton, QuietButton, DangerButton, CallButton (F1), StepButton (says why not yet),
                    ScaleSwitch
    header, rail    HeaderBar with clock, rehearsal and seat badge; StageRail
    card, notice    Card; NoticeLine, StatusPill
    forms           Field, ChoiceList
    reading         ReadingPane: a text to be read to its end
    marking, review MarkingMatrix, ReviewMatrix: a window gives them the focus and hears `typed`; buttons that belong
                    to them go beside their line by `add_action`, where they cost no rows on a low screen
    result_table    ResultTable
    document_view   DocumentView, DocumentPair over one PageRenderer (pdf_worker) per program; two documents side by
                    side need 1920 px, or the type at its normal size
    incident, seat_tile, room_plan, journal_list     what a console watches
    camera_view, seat_number                         what a kiosk shows
    progress, key_card                               WordedProgress, KeyCard

All of them can be looked at: `python tests/ui/gallery.py FOLDER` paints each into a picture.
"""
