"""A batch on Dask inside one Slurm job, started by dask-jobqueue (pip install dask-jobqueue):

    srun --ntasks=52 --cpus-per-task=32 python slurm_runner.py /data/archive -o /data/out/

Task 0 becomes the scheduler, task 1 goes on here, all others become workers; the current folder must be one that all
nodes see.
"""

from __future__ import annotations

import os
import subprocess
import sys

from dask_jobqueue.slurm import SLURMRunner

threads = int(os.environ.get("SLURM_CPUS_PER_TASK", "1"))
with SLURMRunner(scheduler_file="scheduler-{job_id}.json", worker_options={"nthreads": threads}) as runner:
    dask = ["--engine", "dask", "--scheduler", str(runner.scheduler_file)]
    done = subprocess.run(["extractor", "run", *sys.argv[1:], *dask], check=False)
sys.exit(done.returncode)
