"""The practice: duties and their register, enforcement cases side by side, versions, courses, drafts checked."""
