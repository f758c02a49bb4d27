"""Pages for anybody, without a sign-in: to introduce oneself, and to see where one's introduction is."""
