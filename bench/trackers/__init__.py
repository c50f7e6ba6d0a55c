"""One module per tracker: `start(folder)`, `log(step, value)` and `kept(folder)`, each as its documentation shows."""
