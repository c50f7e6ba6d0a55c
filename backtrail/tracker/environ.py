"""The environment variables that change results, as they were when recording began."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping

# What changes results. Nothing else of the environment is looked at: it may hold secrets.
_VARIABLES = """
ATEN_CPU_CAPABILITY BLIS_NUM_THREADS CONDA_DEFAULT_ENV CUBLAS_WORKSPACE_CONFIG CUDA_DEVICE_ORDER
CUDA_LAUNCH_BLOCKING CUDA_VISIBLE_DEVICES DNNL_MAX_CPU_ISA FLAX_RNG HF_DATASETS_OFFLINE HF_HUB_OFFLINE
HIP_VISIBLE_DEVICES JAX_DEFAULT_MATMUL_PRECISION JAX_DEFAULT_PRNG_IMPL JAX_ENABLE_X64 JAX_NUM_CPU_DEVICES
JAX_PLATFORMS JAX_THREEFRY_PARTITIONABLE KERAS_BACKEND KMP_AFFINITY KMP_DETERMINISTIC_REDUCTION LANG
LC_ALL LC_COLLATE LC_CTYPE LC_NUMERIC LOKY_MAX_CPU_COUNT MKL_CBWR MKL_DEBUG_CPU_TYPE MKL_DYNAMIC
MKL_ENABLE_INSTRUCTIONS MKL_NUM_THREADS MKL_THREADING_LAYER NCCL_ALGO NCCL_PROTO NPY_DISABLE_CPU_FEATURES
NPY_PROMOTION_STATE NUMBA_CPU_NAME NUMBA_DISABLE_JIT NUMBA_NUM_THREADS NUMBA_THREADING_LAYER
NUMEXPR_MAX_THREADS NUMEXPR_NUM_THREADS NVIDIA_TF32_OVERRIDE OMP_DYNAMIC OMP_NUM_THREADS OMP_SCHEDULE
OPENBLAS_CORETYPE OPENBLAS_NUM_THREADS POLARS_MAX_THREADS PYTHONHASHSEED PYTHONOPTIMIZE PYTHONPATH
PYTHONUTF8 PYTORCH_CUDA_ALLOC_CONF PYTORCH_ENABLE_MPS_FALLBACK PYTORCH_JIT RAYON_NUM_THREADS
SCIPY_ARRAY_API TF_CUDNN_DETERMINISTIC TF_CUDNN_USE_AUTOTUNE TF_DETERMINISTIC_OPS TF_ENABLE_ONEDNN_OPTS
TF_NUM_INTEROP_THREADS TF_NUM_INTRAOP_THREADS TF_USE_LEGACY_KERAS TF_XLA_FLAGS TOKENIZERS_PARALLELISM
TORCHDYNAMO_DISABLE TORCH_ALLOW_TF32_CUBLAS_OVERRIDE TORCH_COMPILE_DISABLE TRANSFORMERS_OFFLINE TZ
VECLIB_MAXIMUM_THREADS WORLD_SIZE XLA_FLAGS
""".split()  # noqa: SIM905 - seventy lines otherwise


def variables() -> dict[str, str | None]:
    """The environment variables that change results, those that are set. PYTHONHASHSEED always.

    A notebook may set them for what it starts or imports next, so this is to be asked early.
    """
    return {name: os.environ[name] for name in _VARIABLES if name in os.environ} | {
        "PYTHONHASHSEED": _hash_seed()
    }


def time_zone(given: Mapping[str, str | None]) -> str | None:
    """The zone of local times, as ``Europe/Berlin``; None where the system does not name it.

    ``given`` are the `variables` that recording began with: a notebook may change them.
    """
    zone = (given.get("TZ") or "").lstrip(":")
    if zone:
        return zone
    try:
        # The system's zone is a link into the folder of all zones.
        _, found, name = os.path.realpath("/etc/localtime").replace(os.sep, "/").rpartition("/zoneinfo/")
    except OSError:
        return None
    return (re.sub("^(?:posix|right)/", "", name) or None) if found else None


def _hash_seed() -> str | None:
    """The seed that this process began with, which setting the variable afterwards does not change."""
    if sys.flags.ignore_environment:
        return None
    try:
        # Linux keeps what the process was given.
        with open("/proc/self/environ", "rb") as file:
            given = dict(entry.partition(b"=")[::2] for entry in file.read().split(b"\0"))
    except OSError:
        return os.environ.get("PYTHONHASHSEED")
    seed = given.get(b"PYTHONHASHSEED")
    return None if seed is None else seed.decode(errors="replace")
