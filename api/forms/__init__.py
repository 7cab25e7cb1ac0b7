"""Answers as files: CSV and Parquet of any list, and which form a request asks for."""
