"""When two writings are one site or one firm: words, points and numbers weighed, with the reasons. Pure."""
