"""Hugging Face Transformers: the arguments of training, and what its trainer logs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .adapter import Adapter, need
from .arguments import describe, unusual

_BOOKKEEPING = """
    bf16_full_eval dataloader_drop_last dataloader_num_workers dataloader_pin_memory ddp_backend debug
    disable_tqdm do_eval do_predict do_train eval_steps eval_strategy evaluation_strategy fp16_full_eval
    greater_is_better hub_model_id hub_strategy hub_token include_for_metrics include_inputs_for_metrics
    load_best_model_at_end local_rank logging_dir logging_first_step logging_nan_inf_filter logging_steps
    logging_strategy metric_for_best_model no_cuda optim output_dir overwrite_output_dir
    per_device_eval_batch_size
    prediction_loss_only project push_to_hub ray_scope remove_unused_columns report_to resume_from_checkpoint
    run_name save_on_each_node save_only_model save_safetensors save_steps save_strategy save_total_limit
    skip_memory_metrics trackio_space_id use_cpu use_mps_device
"""
_NO_SETTING = frozenset(_BOOKKEEPING.split())
_NO_METRIC = ("_runtime", "_per_second", "total_flos", "epoch")


class Transformers(Adapter):
    """Hears of the trainer."""

    origin = "transformers"
    library = "transformers"

    def attend(self, name: str, module: ModuleType) -> None:
        """``transformers.trainer`` has been imported."""
        trainer = need(module, "Trainer")
        self.hear(trainer.train, called=self._training)
        self.hear(trainer.log, called=self._logged)

    def _training(self, given: Mapping[str, Any]) -> None:
        arguments = given["self"].args
        fields = dataclasses.fields(arguments)
        defaults = {field.name: field.default for field in fields}
        values = {
            name: value
            for name, value in vars(arguments).items()
            if name in defaults and name not in _NO_SETTING and isinstance(value, (bool, int, float, str))
        }
        # Where the default is made by a function, it is not known whether the user gave another value.
        made = {field.name for field in fields if field.default_factory is not dataclasses.MISSING}
        found = unusual(
            {name: describe(value) for name, value in values.items() if name not in made},
            {name: describe(default) for name, default in defaults.items()},
        )
        self.params("TrainingArguments", {name: value for name, value in found.items() if value is not False})

    def _logged(self, given: Mapping[str, Any]) -> None:
        logs = given.get("logs") or {}
        numbers = {key: value for key, value in logs.items() if not key.endswith(_NO_METRIC)}
        self.metrics(numbers, getattr(given["self"].state, "global_step", None))
