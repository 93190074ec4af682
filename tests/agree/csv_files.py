"""CSV files that are odd and still right, and those that cannot be counted: no engine differs."""

HEAD = "client,instrument,session,score\n"

ODD_CSVS = [
    ",client,instrument,session,score\n0,1,phq-9,1,18\n1,1,phq-9,2,9\n",  # numbered rows
    "client,instrument,session,score,\n1,phq-9,1,18,hm\n1,phq-9,2,9,\n",  # notes, no name
    "client,instrument,session,score,column5\n1,phq-9,1,18,a\n1,phq-9,2,9,b\n",
    'client,instrument,session,score,note\n1,phq-9,1,18,"two\nlines"\n1,phq-9,2,9,x\n',
    "client,instrument,session,date,score\n1,phq-9,1,Q1,18\n1,phq-9,2,soon,9\n",
    "client;instrument;session;score\n1;phq-9;1;18\n1;phq-9;2;9\n",
    "client,instrument,date,score\n1,phq-9,2026-03-05,18\n1,phq-9,2026-04-02T10:00:00,9\n",
    "client,instrument,session,score\n1,phq-9,1.0,18\n1,phq-9,2.0,9\n",
    "\n\nclient,instrument,session,score\n1,phq-9,1,18\n1,phq-9,2,9\n",
    'client,instrument,session,score,"comment\n(free)",my note\n1,phq-9,1,18,a,b\n1,phq-9,2,9,,\n',
    'client,instrument,session,score,"a ""name"" of; its own"\n1,phq-9,1,18,a\n1,phq-9,2,9,\n',
]

BAD_CSVS = [
    ("client,instrument,session\n1,phq-9,1\n", "no column score"),
    ("client,instrument,score\n1,phq-9,9\n", "no column session"),
    ("", "holds no rows"),
    ("client,instrument,session,score\n", "holds no rows"),
    (f"{HEAD}1,phq-9,1,9\n1,phq-9,first,9\n", "row 2 below the header: session must be a whole"),
    (f"{HEAD}1,phq-9,1.0,9\n1,phq-9,1.5,9\n", "row 2 below the header: session must be a whole"),
    (f"{HEAD}1,phq-9,1,9\n1,phq-9,1_000,9\n", "row 2 below the header: session must be a whole"),
    (f"{HEAD}1,phq-9,1,9\n1,phq-9,{'9' * 20},9\n", "row 2 below the header: session must be a w"),
    ("client,instrument,date,score\n1,phq-9,May,9\n", "row 1 below the header: date must be a"),
    (f"{HEAD}1,phq-9,1,9\n1,phq-9,2,8,5\n", "row 2 below the header: more fields than the 4"),
]
