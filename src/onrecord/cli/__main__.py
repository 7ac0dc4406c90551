"""`python -m onrecord.cli`: the command line where the script is not on the path."""

from onrecord.cli import main

if __name__ == "__main__":
    main()
