"""The desk: what a store holds, as web pages and as an API, on this machine alone unless it is told otherwise.

guard   -> who may ask: host, origin, token, size and rate; what a browser may do with an answer
app     -> the pages and the API put together
nouns/  -> one file per noun: what a page shows, as values; the same values are its JSON
answers -> the same in other formats: CSV, Parquet, GeoJSON, Atom, annotations
asking  -> SQL of strangers, in a process that can be killed
"""
