"""The pictures of the docs, made from the demo as a person sees it: `make screenshots`."""
