"""The program: one file as it is written: its model, what makes it valid and consistent, where each thing stands in it."""
