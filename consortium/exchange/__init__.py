"""Files that commands read, with every fault told, and write, whole or not at all."""
