"""`python -m unittest parts_test`."""

import unittest

from parts import cut


class Parts(unittest.TestCase):
    def test_parts_are_the_file_again_and_none_is_too_long(self):
        for length in (1, 9, 10, 11, 25, 101):
            body = bytes(range(length))
            made = cut(body, 10)
            self.assertEqual(b"".join(made), body)
            self.assertLessEqual(max(map(len, made)), 10)
            self.assertEqual(len(made), -(-length // 10))


if __name__ == "__main__":
    unittest.main()
