"""The steps from one version of a store's tables to the next; each is made once and never changed."""
