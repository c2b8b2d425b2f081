"""All benchmarks: ``make bench``."""

from benchmarks import matching, reading

if __name__ == "__main__":
    reading.main()
    matching.main()
