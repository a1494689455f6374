def pytest_make_parametrize_id(config, val, argname):
    """Contents are numbered: they differ from run to run, and parallel runs compare the names."""
    return argname if isinstance(val, bytes) else None
