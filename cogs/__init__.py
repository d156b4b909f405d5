"""The rooms: one package for each feature, all with the same file names, none importing another."""
