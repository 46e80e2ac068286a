"""What the tests stand on: a small workshop with named people, real databases, a real server, a real wire."""
