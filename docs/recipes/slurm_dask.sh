#!/bin/bash
# A batch on Dask inside one Slurm job, each of its tasks a worker:
#
#   sbatch --ntasks=50 --cpus-per-task=32 slurm_dask.sh /data/archive -o /data/out/
#
# Submit it again after anything; the current folder must be one that all nodes see.
scheduler="$PWD/scheduler-$SLURM_JOB_ID.json"
trap 'rm -f "$scheduler"' EXIT
export SRUN_CPUS_PER_TASK="${SLURM_CPUS_PER_TASK:-1}" # since Slurm 22.05 steps don't have it from the job

# --overlap: or else the first step would keep all cores of the job, and the second would wait for ever
srun --overlap --ntasks=1 --nodes=1 dask scheduler --scheduler-file "$scheduler" &
srun --overlap dask worker --scheduler-file "$scheduler" --nthreads "$SRUN_CPUS_PER_TASK" &
extractor run "$@" --engine dask --scheduler "$scheduler"
