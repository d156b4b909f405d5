"""The delivery worker: what is due is claimed, drawn, sent once, and marked; nothing else sends on a timer.

`Worker` does one pass over what is due; the tick starts it in time; `Post` is all that speaks with Discord.
"""
