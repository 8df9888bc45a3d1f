"""The dashboard: what it asks Prometheus, and what is wrong with it by itself."""

import json
import re
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs/monitoring/l2tp-dashboard.json"

# What stands for Grafana's variables when a query is tried without it: everything.
VARIABLES = {"__rate_interval": "1m", "instance": ".+", "netns": ".*", "tunnel": ".+", "session": ".+"}
# What Grafana has besides: the time, in links.
BUILT_IN = {"__rate_interval", "__url_time_range"}
# Where all of the dashboard's data comes from.
SOURCE = {"type": "prometheus", "uid": "${datasource}"}


def load():
    return json.loads(FILE.read_text())


def with_values(query):
    """A query with values for the variables."""
    return re.sub(r"\$\{?(\w+)\}?", lambda name: VARIABLES.get(name[1], name[0]), query)


def panels(dashboard):
    """All panels, those in collapsed rows as well."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", [])


def queries(dashboard):
    """The panels' queries, each with where it is."""
    return [
        (f"{FILE.name}: {panel['title']}", target["expr"])
        for panel in panels(dashboard)
        for target in panel.get("targets", [])
    ]


def variable_queries(dashboard):
    """What the variables' values are taken from: the selector and the label in label_values(selector, label)."""
    for variable in dashboard["templating"]["list"]:
        if query := re.fullmatch(r"label_values\((.*), (\w+)\)", values_query(variable) or ""):
            yield f"{FILE.name}: variable {variable['name']}", query[1], query[2]


def values_query(variable):
    """What a variable's values come from, if it is Prometheus."""
    return variable["query"]["query"] if variable["type"] == "query" else None


def problems(dashboard):
    """What is wrong: where, and what."""
    if dashboard.get("id") is not None or not dashboard["uid"] or dashboard["schemaVersion"] < 38:
        yield FILE.name, "is to have a uid, no id, and the schema of Grafana 10"
    yield from variable_problems(dashboard)
    identifiers, taken = set(), {}
    for panel in panels(dashboard):
        place = f"{FILE.name}: {panel.get('title')}"
        if panel["id"] in identifiers:
            yield place, f"another panel has the id {panel['id']} as well"
        identifiers.add(panel["id"])
        if not panel.get("title"):
            yield place, f"panel {panel['id']} has no title"
        for text in grid_problems(panel, taken):
            yield place, text
        if panel["type"] != "row":
            for text in panel_problems(panel):
                yield place, text
            for text in link_problems(panel, dashboard["uid"]):
                yield place, text


def variable_problems(dashboard):
    variables = dashboard["templating"]["list"]
    names = {variable["name"] for variable in variables}
    for name in {"datasource", *VARIABLES} - BUILT_IN - names:
        yield FILE.name, f"has no variable {name}"
    used = set(re.findall(r"\$\{?(\w+)[:}]?", json.dumps(dashboard["panels"])))
    # A row's own fields are looked at where they are linked with.
    for name in used - names - BUILT_IN - {"__data"}:
        yield FILE.name, f"there is no variable {name}"
    for variable in variables:
        if variable["type"] == "query" and variable["datasource"] != SOURCE:
            yield FILE.name, f"variable {variable['name']} does not take its values from the variable datasource"
        query = values_query(variable)
        if query is not None and not re.fullmatch(r"label_values\(.*, \w+\)", query):
            yield FILE.name, f"variable {variable['name']} is not taken from label_values"


def grid_problems(panel, taken):
    """Whether the panel fits; `taken` has the title of the panel in each cell of before, and gets this one's."""
    grid = panel["gridPos"]
    if grid["x"] + grid["w"] > 24:
        yield "is wider than the dashboard"
    columns = range(grid["x"], grid["x"] + grid["w"])
    rows = range(grid["y"], grid["y"] + grid["h"])
    cells = {(column, row) for column in columns for row in rows}
    for title in {taken[cell] for cell in cells & taken.keys()}:
        yield f"overlaps {title}"
    taken.update(dict.fromkeys(cells, panel["title"]))


def panel_problems(panel):
    if not panel.get("description"):
        yield "has no description"
    if not panel["fieldConfig"]["defaults"].get("unit"):
        yield "has no unit"
    if not panel.get("targets"):
        yield "has no query"
    references = [target["refId"] for target in panel.get("targets", [])]
    if len(set(references)) != len(references):
        yield "two queries have the same refId"
    for part in [panel, *panel.get("targets", [])]:
        if part["datasource"] != SOURCE:
            yield "does not take its data from the variable datasource"


def link_problems(panel, uid):
    """Links lead to this dashboard, and take from their row what the table has."""
    columns = set()
    for transformation in panel.get("transformations", []):
        columns |= set(transformation["options"].get("renameByName", {}).values())
    for override in panel["fieldConfig"]["overrides"]:
        links = [each for each in override["properties"] if each["id"] == "links"]
        if links and override["matcher"]["options"] not in columns:
            yield f"has a link on the column {override['matcher']['options']}, which it has not"
        for link in (link for each in links for link in each["value"]):
            if not link["url"].startswith(f"/d/{uid}?"):
                yield f"the link {link['title']} does not lead to this dashboard"
            for name in re.findall(r"\$\{__data\.fields\.(\w+)", link["url"]):
                if name not in columns:
                    yield f"the link {link['title']} takes the column {name}, which there is not"
            for name in re.findall(r"[?&]var-(\w+)=", link["url"]):
                if name not in VARIABLES:
                    yield f"the link {link['title']} sets a variable {name}, which there is not"
