"""Documents that come by themselves: from a mailbox and from a drop folder, each once whatever dies on the way."""
