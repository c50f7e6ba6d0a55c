"""PyTorch: the library itself, in a kernel."""

from __future__ import annotations

from typing import Any

import pytest

SET_UP = """
import torch, torch.nn as nn, torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset, random_split
torch.manual_seed(0)
X = torch.randn(64, 3); y = X.sum(1, keepdim=True)
data = TensorDataset(X, y)
"""
LOOP = """
model = nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
values = []
for epoch in range(2):
    for a, b in DataLoader(data, batch_size=16):
        optimizer.zero_grad()
        loss = F.mse_loss(model(a), b)
        loss.backward()
        optimizer.step()
        values = [*values, float(loss)]
"""


@pytest.fixture
def torch(trial: Any) -> Any:
    trial.cell(SET_UP)
    return trial


def test_optimizers_and_schedules_are_recorded_with_what_is_not_default(torch: Any) -> None:
    torch.cell(
        "model = nn.Linear(3, 1)\n"
        "optimizer = torch.optim.AdamW(model.parameters(), lr=0.003, betas=(0.8, 0.99))\n"
        "schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)\n"
        "other = torch.optim.Adam(model.parameters())"
    )
    assert torch.params["AdamW.lr"] == 0.003
    assert torch.params["AdamW.betas"] == [0.8, 0.99]
    assert torch.params["StepLR.step_size"] == 2
    assert torch.params["StepLR.gamma"] == 0.5
    assert torch.params["Adam.lr"] == 0.001
    assert not [key for key in torch.params if "decoupled" in key or "foreach" in key or "eps" in key]


def test_learning_rates_of_groups_are_told_apart(torch: Any) -> None:
    torch.cell(
        "model = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1))\n"
        "groups = [{'params': model[0].parameters(), 'lr': 0.5}, {'params': model[1].parameters()}]\n"
        "optimizer = torch.optim.SGD(groups, lr=0.01)"
    )
    assert torch.params["SGD.param_groups[0].lr"] == 0.5
    assert torch.params["SGD.lr"] == 0.01


def test_two_loaders_of_one_run_are_two(torch: Any) -> None:
    torch.cell(
        "train, test = random_split(data, [48, 16])\n"
        "train_loader = DataLoader(train, batch_size=8, shuffle=True, num_workers=0)\n"
        "test_loader = DataLoader(test, batch_size=16)"
    )
    assert torch.params["random_split.lengths"] == [48, 16]
    assert torch.params["DataLoader.batch_size"] == 8
    assert torch.params["DataLoader.shuffle"] is True
    assert torch.params["DataLoader[2].batch_size"] == 16


def test_the_seed_of_a_generator_of_its_own_is_recorded(torch: Any) -> None:
    torch.cell("g = torch.Generator().manual_seed(7); g.manual_seed(8); _ = torch.rand(2, generator=g)")
    found = [(event["library"], event["value"]) for event in torch.events("seed")]
    assert found[-2:] == [("torch", 7), ("torch", 8)]


def test_every_seed_that_a_function_sets_is_recorded(torch: Any) -> None:
    torch.cell(
        "def train(seed):\n    torch.manual_seed(seed)\n    return torch.rand(1)\n"
        "found = [train(seed) for seed in (11, 12, 13)]"
    )
    found = [(event["library"], event["value"]) for event in torch.events("seed")]
    assert found[-3:] == [("torch", 11), ("torch", 12), ("torch", 13)]


def test_losses_are_recorded_when_the_notebook_shows_none(torch: Any) -> None:
    torch.cell(LOOP.replace("        values = [*values, float(loss)]\n", "        total = float(loss)\n"))
    found = [(key, torch.series(key)) for key in torch.origins if torch.origins[key] == "backward"]
    ((key, series),) = found
    assert key == "loss/backward"
    assert [step for step, _ in series] == list(range(8))


def test_losses_that_the_notebook_prints_are_not_said_again(torch: Any) -> None:
    torch.cell(LOOP + "        print(f'step {len(values)}, loss: {loss.item():.4f}')\n")
    assert "backward" not in torch.origins.values()


def test_what_a_loop_leaves_over_of_a_loss_is_no_second_metric(torch: Any) -> None:
    torch.cell(
        "weight = torch.ones(1, requires_grad=True)\n"
        "for step in range(4):\n"
        "    policy_loss, critic_loss = (weight * 2).sum(), (weight - 1).pow(2).sum()\n"
        "    policy_loss.backward()\n"
        "    critic_loss.backward()\n"
    )
    assert set(torch.origins) == {"policy_loss/backward", "critic_loss/backward"}
    assert len(torch.series("policy_loss/backward")) == 4


def test_a_scaled_loss_is_not_taken_for_the_loss(torch: Any) -> None:
    torch.cell(LOOP.replace("loss.backward()", "(loss / 4).backward()"))
    assert "backward" not in torch.origins.values()


def test_a_loss_that_a_scaler_scales_is_taken_before_it_does(torch: Any) -> None:
    torch.cell(
        "scaler = torch.amp.GradScaler('cpu', init_scale=8.0); weight = torch.ones(1, requires_grad=True)\n"
        "for step in range(4):\n"
        "    loss = (weight ** 2).sum() * 1.3 ** step\n"
        "    scaler.scale(loss).backward()"
    )
    found = [value for _, value in torch.series("loss/backward")]
    assert found == pytest.approx([1.0, 1.3, 1.69, 2.197])


def test_a_loss_without_a_name_has_the_name_of_its_function(torch: Any) -> None:
    torch.cell(
        "def train():\n"
        "    model = nn.Linear(3, 1)\n"
        "    for _ in range(3):\n"
        "        F.mse_loss(model(X), y).backward()\n"
        "train()"
    )
    assert len(torch.series("mse_loss/backward")) == 3


def test_results_and_streams_are_the_same_without_the_tracker(torch: Any) -> None:
    torch.undisturbed(
        "torch.manual_seed(4)\n" + LOOP + "print(values, torch.rand(1).item(), model.weight.tolist())"
    )


def test_workers_of_a_loader_write_nothing(torch: Any) -> None:
    torch.cell(
        "class Trains(torch.utils.data.Dataset):\n"
        "    def __len__(self): return 4\n"
        "    def __getitem__(self, index):\n"
        "        weight = torch.ones(1, requires_grad=True)\n"
        "        loss = (weight * index).sum()\n"
        "        loss.backward()\n"
        "        return weight.grad\n"
        "print(len(list(DataLoader(Trains(), batch_size=2, num_workers=1))))"
    )
    assert "backward" not in torch.origins.values()


def test_the_library_is_as_it_was_when_recording_stops(torch: Any) -> None:
    look = "print(torch.Tensor.backward.__code__.co_consts[-1], torch.optim.Optimizer.__init__.__code__)"
    torch.kernel.attach(capture=False)
    clean = torch.cell(look)
    torch.kernel.attach(capture=True)
    torch.kernel.attach(capture=False)
    assert torch.cell(look) == clean
    torch.kernel.attach(capture=True)


def test_a_loss_that_is_shown_later_in_the_cell_leaves_no_second_series(torch: Any) -> None:
    torch.cell(
        LOOP.replace("        values = [*values, float(loss)]\n", "        __import__('time').sleep(0.7)\n")
        + "    print(f'epoch {epoch}, loss: {loss.item():.4f}')\n"
    )
    assert "backward" not in torch.origins.values()


def test_a_long_loop_that_shows_nothing_is_written_while_it_goes_on(torch: Any) -> None:
    request = torch.kernel.send(
        "import time; weight = torch.ones(1, requires_grad=True); until = time.monotonic() + 30\n"
        "while time.monotonic() < until:\n"
        "    loss = (weight ** 2).sum()\n"
        "    loss.backward()\n"
        "    time.sleep(0.5)"
    )
    torch.kernel.eventually(lambda: torch.origins.get("loss/backward"))
    torch.kernel.manager.interrupt_kernel()
    (answer,) = torch.kernel.wait(request)
    assert answer.reply["ename"] == "KeyboardInterrupt"
    assert torch.series("loss/backward")[:2] == [(0, 1.0), (1, 1.0)]


def test_what_is_made_before_the_training_has_the_names_that_the_notebook_has_for_it(
    fresh_kernel: Any,
) -> None:
    def params() -> dict[str, Any]:
        fresh_kernel.run("None")
        return {event["key"]: event["value"] for event in fresh_kernel.events("param")}

    fresh_kernel.run(SET_UP)
    fresh_kernel.run("cfg = {'optim': {'lr': 0.003, 'weight_decay': 0.02}, 'epochs': 2}\nbatch_size = 16")
    fresh_kernel.run("loader = DataLoader(data, batch_size=batch_size, shuffle=True)")
    fresh_kernel.run(
        "model = nn.Linear(3, 1)\n"
        "opt = torch.optim.AdamW(model.parameters(), lr=cfg['optim']['lr'],"
        " weight_decay=cfg['optim']['weight_decay'], betas=(0.8, 0.99))"
    )
    made = {
        "batch_size": 16,
        "DataLoader.shuffle": True,
        "optim.lr": 0.003,
        "optim.weight_decay": 0.02,
        "AdamW.betas": [0.8, 0.99],
    }
    assert params() == made
    fresh_kernel.run(
        "for epoch in range(cfg['epochs']):\n"
        "    for a, b in loader:\n"
        "        opt.zero_grad()\n"
        "        F.mse_loss(model(a), b).backward()\n"
        "        opt.step()"
    )
    assert params() == {**made, "epochs": 2}
