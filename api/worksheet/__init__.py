"""The worksheet as a sheet: HTML to print, CSV and XLSX to work in."""
