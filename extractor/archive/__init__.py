"""Files and folders of reports: finding them, running over them, writing what was found.

A run into one file: ``walk`` finds ``documents`` (``listing``: in folders and stores; ``texts``: in lines of JSON),
``run`` has each read and written to a sink (``sinks``, ``formats``).

A batch into a folder (docs/scale.md): ``batch`` has ``plan`` cut the documents into shards (``plan_file``), leaves out
what is ``done`` (``marker``), gives the rest to one of the ``engines`` (``local_engine``, ``dask_engine``, others by
``anywhere``) and puts the ``output`` together (``merge``). A shard goes through a ``supervisor``, which minds a
``worker`` process by its ``position``, to ``shard``: the function that reads documents and writes records. ``folder``
is where it is all kept, ``lock`` keeps others out of it, ``settings`` say what decides the bytes, ``run_file``,
``progress`` and ``status`` tell of it.
"""
