"""What is done with chains: own book, lines and claims brought, links, answers."""
