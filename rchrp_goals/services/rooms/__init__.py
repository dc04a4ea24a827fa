"""The rooms: a file a room, each read from the plan into a ``RoomView``."""
