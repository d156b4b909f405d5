"""Many made-up inputs for whatever reads what people, files and the web say: `make fuzz CASES=1000000`."""
