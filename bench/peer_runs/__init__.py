"""How each peer is made to dream the job of `bench.peers`, by its own interface.

Each module here is run as a process of its own, the peers' by the Python of their own environment, where there is
torch but not the engine. It takes the folder of the job, and dreams once for each line on stdin.
"""
