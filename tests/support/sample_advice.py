"""Life of the sample bank: suggestions, surveys, expenses. Does nothing when it is there already."""


def fill(program, bank, url, logins):
    del program, bank, url, logins
