"""The supplier's pages: the invitation, the account in one step, tasks, answers."""
