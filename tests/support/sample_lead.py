"""Life of the sample bank: leads. Does nothing when it is there already."""


def fill(program, bank, url, logins):
    del program, bank, url, logins
