#!/bin/sh
# Checks many claims on many machines: submit with `sbatch --array=1-16 verify.sh claims.jsonl papers.jsonl results`.
# A job that was ended goes on where it was when it is submitted again. Afterwards, on any machine:
#   npx probatum merge results/*.jsonl --out results.jsonl
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
set -eu
claims=$1 papers=$2 results=$3
mkdir -p "$results"
exec npx probatum verify "$claims" --papers "$papers" --workers "${SLURM_CPUS_PER_TASK:-4}" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --out "$results/$SLURM_ARRAY_TASK_ID.jsonl" --resume
