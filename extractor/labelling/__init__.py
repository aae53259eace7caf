"""Records to Label Studio and back: tasks for annotators, and gold from what they made of them."""
