"""Training in PyTorch, eager: train_torch.py MODEL BATCH THREADS

The loop that users write: shuffled batches of tensors in memory, the loss added up, no metric.
"""
import sys

import torch

import measuring
from torch_model import torch_model, torch_shape


def main(name, batch, threads):
    torch.set_num_threads(threads)
    bytes_before = measuring.peak_memory()
    model = measuring.MODELS[name]
    x, y = (torch.from_numpy(values) for values in measuring.data(name, batch))
    x = x.reshape(-1, *torch_shape(name))
    net = torch_model(torch.nn, name, scores=True)
    if model.has_convolution:
        net = net.to(memory_format=torch.channels_last)
    if model.classifies:
        y = y.long()
    loss_of = torch.nn.CrossEntropyLoss() if model.classifies else torch.nn.MSELoss()
    options = {"alpha": 0.9} if model.optimizer == "RMSprop" else {}  # Keras's rho
    optimizer = getattr(torch.optim, model.optimizer)(net.parameters(), model.learning_rate, **options)

    def epoch():
        total = torch.zeros(())
        for rows in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad()
            loss = loss_of(net(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            total += loss.detach()
        return total.item()

    measuring.time_training("PyTorch", name, batch, threads, epoch, bytes_before, measuring.TRAINING[name, batch])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
