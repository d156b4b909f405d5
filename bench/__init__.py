"""The benchmarks: each is run side by side with its baseline, in one run, on the machine at hand (`make bench`)."""
