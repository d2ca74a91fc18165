"""The rules of reading, answering and practising."""
