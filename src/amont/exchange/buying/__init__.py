"""Files of group purchasing: price lists, invoices and credit notes, as tables and as electronic invoices."""
