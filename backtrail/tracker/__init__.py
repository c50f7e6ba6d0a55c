"""The tracker: lives in the user's process, appends to the run log, disturbs nothing.

`attach` puts it into a kernel, `cells` hears of executions, `recorder` knows sessions and runs, `log` only
appends. Standard library only, Python 3.9 and newer.
"""
