"""The sign-in service of the embedded alliance: a real OpenID provider for made-up people, for development only."""
