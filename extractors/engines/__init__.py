"""Pictures to words: how a page lies, and the engines that read it."""
